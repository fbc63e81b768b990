/** All node types that this installation has: the one place where the browser names them. */
export { definitions } from '#nodes/index.gen.ts';
