import path from 'node:path';

/** Where the operator's cookies are kept for the features' specs: in the home of the tests' installation. */
export const signedInFile = path.join(process.env.E2E_HOME ?? '', 'signed-in.json');
