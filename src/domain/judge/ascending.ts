/** How many of the ascending numbers are at most `most`. */
export function countUpTo(ascending: readonly number[], most: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? Infinity) <= most) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Puts a number into its place; false where it was there already. Costs as much as there are larger ones. */
export function insert(ascending: number[], number: number): boolean {
  const place = countUpTo(ascending, number);
  if (ascending[place - 1] === number) return false;
  ascending.splice(place, 0, number);
  return true;
}
