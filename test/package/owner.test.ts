import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { author, homepage } from '../../package.json';
import { owned, ownedFiles, setOwner } from '../../scripts/owner';
import { ROOT } from '../support/root';

describe('names and addresses', () => {
	it('are the same everywhere', () => {
		expect(owned(ROOT)).toEqual({ name: author.name, email: author.email, homepage });
		expect(readFileSync(join(ROOT, 'LICENSE.md'), 'utf8')).toContain(`Copyright (c) 2026 ${author.name}\n`);
	});

	it('are set by one command', () => {
		const folder = mkdtempSync(join(tmpdir(), 'owner-'));
		try {
			const files = ownedFiles(ROOT);
			for (const path of files) cpSync(join(ROOT, path), join(folder, path), { recursive: true });
			for (const args of [
				['init', '-q'],
				['add', '.'],
			])
				execFileSync('git', args, { cwd: folder });
			const wanted = { name: 'Example Ltd', email: 'team@example.com', homepage: 'https://github.com/example-org/sms' };
			setOwner(folder, wanted);
			expect(owned(folder)).toEqual(wanted);
			const left = files.filter((path) => readFileSync(join(folder, path), 'utf8').includes(homepage));
			expect(left).toEqual([]);
			const { repository } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
			expect(repository.url).toBe('git+https://github.com/example-org/sms.git');
			expect(readFileSync(join(folder, 'LICENSE.md'), 'utf8')).toContain('Copyright (c) 2026 Example Ltd\n');
		} finally {
			rmSync(folder, { recursive: true });
		}
	});
});
