import type { Thing } from '../cloud.js';
import { parseQuery, type Indexed } from './index-query.js';
import type { Registry } from './registry.js';

const FIELDS: Readonly<Record<string, (thing: Thing, registry: Registry) => readonly string[]>> = {
  thingName: ({ thingName }) => [thingName],
  thingId: ({ thingId }) => [thingId],
  // Assumed: a thing is indexed under its groups' parents too.
  thingGroupNames: ({ thingName }, registry) => registry.groupsOf(thingName),
  // Assumed: a thing that has never connected has no connectivity, neither true nor false.
  'connectivity.connected': ({ connectivity }) =>
    connectivity ? [String(connectivity.connected)] : [],
  'connectivity.timestamp': ({ connectivity }) =>
    connectivity ? [String(connectivity.timestamp)] : [],
  'connectivity.disconnectReason': ({ connectivity }) =>
    connectivity?.disconnectReason === undefined ? [] : [connectivity.disconnectReason],
};

const ATTRIBUTE = /^attributes\.(.+)$/;

const indexed =
  (thing: Thing, registry: Registry): Indexed =>
  (field) => {
    // Documented: AWS IoT developer guide, "Query syntax": a term without a field is looked for in all fields.
    if (field === undefined)
      return [
        ...Object.values(FIELDS).flatMap((read) => read(thing, registry)),
        ...Object.values(thing.attributes),
      ];
    const [, attribute] = ATTRIBUTE.exec(field) ?? [];
    if (attribute === undefined) return FIELDS[field]?.(thing, registry) ?? [];
    const value = thing.attributes[attribute];
    return value === undefined ? [] : [value];
  };

const parse = (query: string) =>
  parseQuery(query, (field) => Object.hasOwn(FIELDS, field) || ATTRIBUTE.test(field));

/** Throws InvalidQueryException for a query that can't be read. */
export function checkThingQuery(query: string): void {
  parse(query);
}

/** What a query of fleet indexing says of a thing. Throws InvalidQueryException. */
export function parseThingQuery(registry: Registry, query: string): (thing: Thing) => boolean {
  const test = parse(query);
  return (thing) => test(indexed(thing, registry));
}

/** A thing as fleet indexing shows it. */
export const thingDocument = (registry: Registry, thing: Thing) => ({
  thingName: thing.thingName,
  thingId: thing.thingId,
  thingGroupNames: registry.groupsOf(thing.thingName),
  attributes: thing.attributes,
  ...(thing.connectivity && { connectivity: thing.connectivity }),
});
