import {isBuiltin} from 'node:module';
import process from 'node:process';
import type {Plugin} from 'esbuild';

/** What the first frame does not need although something that it loads does: asked for when it is first called. */
const late = new Set(['child_process', 'fs/promises']);

const contentsOf = (name: string): string => {
	// The process itself is there; its module would open standard input and output to name them.
	const builtin = name === 'process' ? 'globalThis.process' : `process.getBuiltinModule?.("node:${name}")??{}`;
	const values = process.getBuiltinModule(`node:${name}`) as unknown as Readonly<Record<string, unknown>>;
	const names = Object.getOwnPropertyNames(values).filter(key => /^[A-Za-z_$][\w$]*$/.test(key) && key !== 'default');
	const value = (key: string) =>
		late.has(name) && typeof values[key] === 'function'
			? `new Proxy(function(){},{apply:(_,own,args)=>Reflect.apply(all().${key},own,args),get:(_,key)=>all().${key}[key]})`
			: `(()=>all().${key})()`;
	return [
		`const all=()=>${builtin};`,
		'export default /*@__PURE__*/all();',
		...names.map((key, index) => `const _${index}=/*@__PURE__*/${value(key)};export {_${index} as ${key}};`),
	].join('\n');
};

/**
 * Takes Node's own modules from the process instead of importing them: an import reads all that a module has, and with
 * that loads what nobody asked for (node:fs its streams, node:http undici, node:process the terminal). Only the names
 * that are used remain.
 */
export const builtins: Plugin = {
	name: 'builtins',
	setup({onResolve, onLoad}) {
		onResolve({filter: /^[\w:/]+$/}, ({path, kind}) =>
			isBuiltin(path) && kind === 'import-statement'
				? {path: path.replace(/^node:/, ''), namespace: 'builtin', sideEffects: false}
				: undefined,
		);
		onLoad({filter: /.*/, namespace: 'builtin'}, ({path}) => ({contents: contentsOf(path), loader: 'js'}));
	},
};
