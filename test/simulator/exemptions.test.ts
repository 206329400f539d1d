import { fs, path, ROOT } from './host';
import { EXEMPTIONS } from './oracle/exemptions';

const page = fs.readFileSync(path.join(ROOT, 'docs/send-safety.md'), 'utf8');

it.each(Object.entries(EXEMPTIONS))('tells users what the oracle exempts: %s', (_name, sentence) => {
	expect(page.replace(/\s+/g, ' ')).toContain(sentence);
});
