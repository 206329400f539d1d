import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { homepage } from '../../package.json';
import { checkLinks } from '../../scripts/check-links';
import { pages } from '../../scripts/markdown';
import { ROOT } from '../support/root';

test('every link of the pages to a file or a heading leads somewhere', () => {
	const files = pages();
	expect(files).toEqual(expect.arrayContaining(['README.md', 'docs/send-safety.md', 'examples/README.md']));
	expect(checkLinks(ROOT, files)).toEqual({ fine: true, report: '' });
});

test('the addresses behind the help buttons of the editor lead to headings of the README', () => {
	const found = execFileSync('git', ['grep', '-hoE', `${homepage}#[a-z-]+`, '--', 'nodes', 'credentials'], {
		cwd: ROOT,
		encoding: 'utf8',
	});
	const anchors = found
		.trim()
		.split('\n')
		.map((address) => address.slice(homepage.length));
	expect(anchors).toContain('#credentials');
	const folder = mkdtempSync(join(tmpdir(), 'links-test-'));
	try {
		cpSync(join(ROOT, 'README.md'), join(folder, 'README.md'));
		// "#readme" is GitHub's name for the top of the page.
		const links = anchors.filter((anchor) => anchor !== '#readme').map((anchor) => `[a](README.md${anchor})`);
		writeFileSync(join(folder, 'page.md'), links.join(' '));
		expect(checkLinks(folder, ['page.md'])).toEqual({ fine: true, report: '' });
	} finally {
		rmSync(folder, { recursive: true });
	}
});

test('a link to a file or a heading that is not there is found, also in a table', () => {
	const folder = mkdtempSync(join(tmpdir(), 'links-test-'));
	try {
		writeFileSync(join(folder, 'other.md'), '# Other\n');
		const links =
			'[a](#gone) [b](gone.md) ![c](gone.png)\n\n| d |\n| - |\n| [d](other.md#gone) [e](other.md#other) |\n';
		writeFileSync(join(folder, 'page.md'), `# Page\n\n${links}`);
		const { fine, report } = checkLinks(folder, ['page.md', 'other.md']);
		expect(fine).toBe(false);
		expect(report.match(/Cannot find .*?(?= +missing-)/g)).toEqual([
			'Cannot find heading for `#gone`',
			'Cannot find file `gone.md`',
			'Cannot find file `gone.png`',
			'Cannot find heading for `#gone` in `other.md`',
		]);
	} finally {
		rmSync(folder, { recursive: true });
	}
});
