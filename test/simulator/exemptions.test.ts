import { fs, path, ROOT } from './host';
import { EXEMPTIONS } from './oracle/exemptions';

const pages = ['docs/send-safety.md', 'docs/verification.md'].map((page) =>
	fs.readFileSync(path.join(ROOT, page), 'utf8'),
);
const words = pages.join('\n').replace(/\s+/g, ' ');

it.each(Object.entries(EXEMPTIONS))('tells users what the oracle exempts: %s', (_name, sentence) => {
	expect(words).toContain(sentence);
});
