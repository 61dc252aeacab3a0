/** The first pages of a paginator: a token that leads in a circle ends there. */
export const firstPages = async function* <Page>(pages: AsyncIterable<Page>, most: number): AsyncGenerator<Page> {
	let count = 0;
	for await (const page of pages) {
		yield page;
		count++;
		if (count >= most) return;
	}
};
