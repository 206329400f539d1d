// Tests of programs for Node.js need what the programs need.
export { default } from '../../scripts/eslint.config.mjs';
