import {readFileSync} from 'node:fs';
import {registerHooks} from 'node:module';
import {fileURLToPath} from 'node:url';
import {transformSync} from 'esbuild';

// Node strips types by itself, but does not know JSX.
registerHooks({
	load(url, context, nextLoad) {
		if (!url.endsWith('.tsx')) return nextLoad(url, context);
		const sourcefile = fileURLToPath(url);
		const {code} = transformSync(readFileSync(sourcefile, 'utf8'), {
			...{sourcefile, loader: 'tsx', jsx: 'automatic', format: 'esm', target: 'node22'},
		});
		return {format: 'module', source: code, shortCircuit: true};
	},
});
