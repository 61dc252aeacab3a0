/** So many keys may have changed before all are copied. */
const mostRecent = 64;

/** A map of many keys of which few change at a time: a change copies the few that changed lately, seldom all. */
export class LayeredMap<Key, Value> {
	readonly base: ReadonlyMap<Key, Value>;
	readonly recent: ReadonlyMap<Key, Value>;

	constructor(base: ReadonlyMap<Key, Value>, recent: ReadonlyMap<Key, Value> = new Map()) {
		this.base = base;
		this.recent = recent;
	}

	get(key: Key): Value | undefined {
		return this.recent.get(key) ?? this.base.get(key);
	}

	/** In the order in which their keys came. */
	*values(): Generator<Value, void, undefined> {
		for (const [key, value] of this.base) yield this.recent.get(key) ?? value;
		for (const [key, value] of this.recent) if (!this.base.has(key)) yield value;
	}

	with(changed: ReadonlyMap<Key, Value>): LayeredMap<Key, Value> {
		const recent = new Map([...this.recent, ...changed]);
		return recent.size <= mostRecent
			? new LayeredMap(this.base, recent)
			: new LayeredMap(new Map([...this.base, ...recent]));
	}
}
