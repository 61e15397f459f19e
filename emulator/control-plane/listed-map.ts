/** A map that also gives its values as a list, which is made anew only after a change: a page costs no walk to its place. */
export class ListedMap<K, V> extends Map<K, V> {
  #list: readonly V[] | undefined;

  list(): readonly V[] {
    this.#list ??= [...this.values()];
    return this.#list;
  }

  override set(key: K, value: V): this {
    this.#list = undefined;
    return super.set(key, value);
  }

  override delete(key: K): boolean {
    this.#list = undefined;
    return super.delete(key);
  }

  override clear(): void {
    this.#list = undefined;
    super.clear();
  }
}
