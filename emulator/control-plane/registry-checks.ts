import type { Thing, ThingGroup } from '../cloud.js';
import { invalidRequest, notFound } from '../errors.js';
import type { Registry } from './registry.js';

/**
 * Documented: AWS General Reference, "AWS IoT Core thing limits": a thing is in at most 10 groups and, without a type, has at
 * most 3 attributes; groups nest 7 deep, with at most 100 direct children.
 */
const GROUPS_PER_THING = 10;
const ATTRIBUTES = 3;
const DEPTH = 7;
const CHILDREN = 100;

/** Whether a thing is in as many groups as it can be. */
export const isFull = ({ groups }: Thing): boolean => groups.size >= GROUPS_PER_THING;

/**
 * The dynamic group that gives way to a static one.
 * Documented: AWS IoT API model, AddThingToThingGroup.overrideDynamicGroups: where the thing is in as many as it can be.
 * Assumed: it is the one that the thing joined last.
 */
export const dynamicInTheWay = (registry: Registry, thing: Thing): ThingGroup | undefined =>
  isFull(thing)
    ? [...thing.groups].map(registry.group).findLast(({ dynamic }) => dynamic)
    : undefined;

/** Documented: AWS IoT developer guide, "Dynamic thing groups": a query alone says who is in one. */
export function checkStatic({ thingGroupName, dynamic }: ThingGroup): void {
  if (dynamic)
    throw invalidRequest(`Thing group ${thingGroupName} is dynamic: its query says who is in it`);
}

const rootOf = (registry: Registry, name: string) => registry.lineage(name).at(-1)?.thingGroupName;

/** Refuses a membership that the registry would refuse. */
export function checkMembership(
  registry: Registry,
  thing: Thing,
  { thingGroupName }: ThingGroup,
): void {
  const { thingName, groups } = thing;
  // Documented: AWS IoT API model, AddThingToThingGroup.overrideDynamicGroups: the limit. Assumed: beyond it,
  // InvalidRequestException.
  if (isFull(thing))
    throw invalidRequest(
      `Thing ${thingName} is already in ${GROUPS_PER_THING} thing groups, the most it can be in`,
    );
  // Documented: AWS IoT developer guide, "Static thing groups": a thing can't be in two groups of one hierarchy.
  const root = rootOf(registry, thingGroupName);
  const other = [...groups].find((name) => rootOf(registry, name) === root);
  if (other !== undefined)
    throw invalidRequest(
      `Thing ${thingName} is already in thing group ${other} of the same hierarchy`,
    );
}

/** Refuses a child group that would nest too deep, or be one too many. */
export function checkParent(registry: Registry, parentGroupName: string): void {
  const { childGroups, dynamic } = registry.group(parentGroupName);
  // Documented: AWS IoT developer guide, "Dynamic thing groups": they are in no hierarchy.
  if (dynamic) throw invalidRequest(`Thing group ${parentGroupName} is dynamic: no parent`);
  if (childGroups.size >= CHILDREN)
    throw invalidRequest(`Thing group ${parentGroupName} already has ${CHILDREN} child groups`);
  if (registry.lineage(parentGroupName).length >= DEPTH)
    throw invalidRequest(`Thing groups nest at most ${DEPTH} levels deep`);
}

/** Refuses more attributes than a thing can have. */
export function checkAttributes(attributes: Readonly<Record<string, string>>): void {
  if (Object.keys(attributes).length > ATTRIBUTES)
    throw invalidRequest(`A thing without a type has at most ${ATTRIBUTES} attributes`);
}

/** The emulator has no thing types. */
export function checkThingType(thingTypeName: string | undefined): void {
  if (thingTypeName !== undefined) throw notFound('ThingType', thingTypeName);
}

/** Nor has it billing groups. */
export function checkBillingGroup(billingGroupName: string | undefined): void {
  if (billingGroupName !== undefined) throw notFound('BillingGroup', billingGroupName);
}
