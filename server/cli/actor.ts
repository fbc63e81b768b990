/** Who the audit log says acted, where a command did. */
export const actor = 'command line';
