'use strict';

/**
 * Lets Node.js load TypeScript from here on: `require('./tsx')`, or `node --require ./scripts/tsx.js program.ts`. Types are removed,
 * not checked; `npm run typecheck` checks them.
 */
require('tsx/cjs');

// Beside each node lies its codex, <name>.node.json: for `import './JSms.node'` the source must come first.
const { '.ts': typescript, ...others } = require.extensions;
for (const name of Object.keys(others)) delete require.extensions[name];
Object.assign(require.extensions, { '.ts': typescript, ...others });

/** Arguments for a process of Node.js that is to load TypeScript: `spawn(process.execPath, [...TSX, 'program.ts'])`. */
exports.TSX = ['--require', __filename];
