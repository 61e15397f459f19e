import type { Chance } from './fuzz-random.js';
import { thing } from './valid-bodies.js';

/** What was there before the first request. */
export interface Known {
  readonly deploymentIds: readonly [string, ...string[]];
  readonly jobIds: readonly [string, ...string[]];
}

type Made = readonly [
  method: string,
  path: readonly string[],
  body?: unknown,
  query?: readonly [string, string][],
];

export type Make = (chance: Chance, known: Known) => Made;

/** A page of a list. */
export const PAGE = [['maxResults', '3']] as [string, string][];
/** Requests to AWS IoT that the emulator may well grant. */
export const ofIot: readonly [Make, ...Make[]] = [
  (chance) => [
    'POST',
    ['things', `new-${chance.below(50)}`],
    { attributePayload: { attributes: { a: 'b' } } },
  ],
  (chance) => ['DELETE', ['things', `new-${chance.below(50)}`]],
  (chance) => ['GET', ['things', thing(chance)]],
  () => ['GET', ['things'], undefined, PAGE],
  (chance) => [
    'POST',
    ['thing-groups', `group-${chance.below(20)}`],
    { thingGroupProperties: { thingGroupDescription: 'a' } },
  ],
  (chance) => ['DELETE', ['thing-groups', `group-${chance.below(20)}`]],
  (chance) => [
    'PUT',
    ['thing-groups', 'addThingToThingGroup'],
    { thingGroupName: 'wild', thingName: `new-${chance.below(50)}` },
  ],
  (chance) => [
    'PUT',
    ['thing-groups', 'removeThingFromThingGroup'],
    { thingGroupName: 'wild', thingName: thing(chance) },
  ],
  (chance) => [
    'PUT',
    ['thing-groups', 'addThingToThingGroup'],
    { thingGroupName: 'wild', thingName: thing(chance) },
  ],
  () => ['GET', ['thing-groups', 'wild', 'things'], undefined, [...PAGE, ['recursive', 'true']]],
  (chance) => ['GET', ['things', thing(chance), 'thing-groups']],
  (chance) => ['GET', ['things', thing(chance), 'jobs'], undefined, PAGE],
  () => ['GET', ['jobs'], undefined, [...PAGE, ['thingGroupName', 'wild']]],
  () => [
    'POST',
    ['indices', 'search'],
    { queryString: 'connectivity.connected:true', maxResults: 3 },
  ],
  () => ['GET', ['indexing', 'config']],
  (chance, { jobIds }) => ['GET', ['jobs', chance.pick(jobIds)]],
  (chance, { jobIds }) => ['GET', ['jobs', chance.pick(jobIds), 'job-document']],
  (chance, { jobIds }) => [
    'GET',
    ['jobs', chance.pick(jobIds), 'things'],
    undefined,
    [['status', 'QUEUED']],
  ],
  (chance, { jobIds }) => ['GET', ['things', thing(chance), 'jobs', chance.pick(jobIds)]],
  (chance, { jobIds }) => [
    'PUT',
    ['things', thing(chance), 'jobs', chance.pick(jobIds), 'cancel'],
    undefined,
    [['force', 'true']],
  ],
  (chance) => [
    'PATCH',
    ['thing-groups', `group-${chance.below(20)}`],
    { thingGroupProperties: { thingGroupDescription: 'b' } },
  ],
  (chance) => ['GET', ['thing-groups', `group-${chance.below(20)}`]],
];
