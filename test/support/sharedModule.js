'use strict';

/** Instead of loading a module into the world of a test file, jest takes the one that the worker process has loaded: see sharedEngine.ts. */
module.exports = { process: () => ({ code: 'module.exports = requireShared(__filename);' }) };
