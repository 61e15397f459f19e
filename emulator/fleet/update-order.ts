import { isObject, type ConfigurationUpdate } from './configuration.js';

/** An update that a device has taken, with the deployment that brought it. Shared between devices. */
export interface AppliedUpdate extends ConfigurationUpdate {
  readonly deploymentId: string;
  /** When that deployment was created. */
  readonly at: number;
}

/** `/a/b/` for the pointer `/a/b`: a prefix of all that is below it. */
const asPrefix = (pointer: string) => `${pointer}/`;
const escaped = (key: string) => key.replaceAll('~', '~0').replaceAll('/', '~1');

/** Where a merge has something to say: its values, and its empty objects. */
function* placesOf(merge: unknown, prefix = '/'): Generator<{ place: string; isValue: boolean }> {
  const entries = isObject(merge) ? Object.entries(merge) : [];
  if (entries.length === 0) yield { place: prefix, isValue: !isObject(merge) };
  for (const [key, value] of entries) yield* placesOf(value, `${prefix}${escaped(key)}/`);
}

const placesSaid = ({ merge }: ConfigurationUpdate) =>
  Object.keys(merge).length > 0 ? [...placesOf(merge)] : [];

/** A key of the whole: taking it away leaves no trace of what an update made around it. */
const isAtTop = (prefix: string) => prefix.split('/').length <= 3;

/** Whether what an update says makes no difference before these, whatever comes before it. */
function isOverruled(update: AppliedUpdate, later: readonly AppliedUpdate[]): boolean {
  const reset = later.flatMap((each) => each.reset.map(asPrefix));
  const said = later.flatMap(placesSaid).filter(({ isValue }) => isValue);
  const isBelow = (place: string, prefixes: readonly string[]) =>
    prefixes.some((prefix) => place.startsWith(prefix));
  const values = said.map(({ place }) => place);
  return (
    update.reset.every((pointer) => isBelow(asPrefix(pointer), [...reset, ...values])) &&
    placesSaid(update).every(({ place }) => isBelow(place, [...reset.filter(isAtTop), ...values]))
  );
}

/**
 * The updates that a device has taken, oldest deployment first, with one more in its place; without those that later ones
 * overrule, so that a pipeline that sets the same keys again and again leaves one.
 */
export function withUpdate(
  applied: readonly AppliedUpdate[],
  update: AppliedUpdate,
): readonly AppliedUpdate[] {
  const others = applied.filter(({ deploymentId }) => deploymentId !== update.deploymentId);
  const all = [...others, update].sort((a, b) => a.at - b.at);
  return all.filter((each, index) => !isOverruled(each, all.slice(index + 1)));
}

/** The update with those that have to be applied again after it, because their deployments are newer. */
export const fromThere = (
  applied: readonly AppliedUpdate[],
  update: AppliedUpdate,
): readonly AppliedUpdate[] => [update, ...applied.filter(({ at }) => at > update.at)];
