// Tests are programs for Node.js, too.
export { default } from '../scripts/eslint.config.mjs';
