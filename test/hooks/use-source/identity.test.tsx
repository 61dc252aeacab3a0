import {useState} from 'react';
import {expect, test} from 'vitest';
import {useSource} from '../../../source/hooks/use-source.ts';
import {identity as source} from '../../../source/sources/identity/source.ts';
import {createKit, probe} from '../../support/probe.tsx';

test('expired credentials heal by themselves, and the identity is named', async () => {
	const kit = createKit('identity');
	const mounted = () => {
		const [watched] = useState(() => kit.watch(source));
		useSource(watched);
	};
	const {shows, unmount} = probe(kit, mounted, ({slices: {identity}, sources}) => {
		const problem = sources.get('identity')?.problem;
		return `${identity?.kind} ${identity?.name} ${identity?.accountId} ${problem?.kind ?? 'no problem'}`;
	});
	await shows('undefined undefined undefined credentials');
	await kit.clock.advance(30_000);
	await shows('sso alice@example.com 123456789012 no problem');
	unmount();
	expect(kit.clock.pending()).toBe(0);
});
