import * as z from 'zod';
import { defaultAssumptions } from './control-plane/assumptions.js';
import { ERROR_TYPES } from './fleet/error-codes.js';
import {
  amount,
  duration,
  errorCode,
  fields,
  flag,
  keyed,
  listOf,
  oneOf,
  path,
  recipe,
  semanticVersion,
  share,
  spread,
  text,
  thingName,
  time,
  weights,
} from './fleet/fleet-file-fields.js';
import { statusFields } from './status-change.js';

const Platform = text(/^[a-z0-9]+\/[a-z0-9_]+$/i, 'a platform such as linux/aarch64');
const ComponentName = text(/^[a-zA-Z0-9-_.]{1,128}$/, 'a component name');
const GroupName = text(/^[a-zA-Z0-9:_-]{1,128}$/, 'the name of a thing group');
const Version = semanticVersion();

const Deployed = fields({
  componentVersion: text(/./, 'a version such as 1.0.0'),
  configurationUpdate: fields({
    merge: keyed(
      z.string(),
      z.unknown(),
      'a mapping that is merged into the configuration',
    ).optional(),
    reset: listOf(
      text(/^($|\/)/, 'a JSON pointer such as /sampleSeconds'),
      'JSON pointers',
    ).optional(),
  }).optional(),
  runWith: fields({ posixUser: text(/./, 'a user such as ggc_user:ggc_group') }).optional(),
});

const Group = fields({
  parent: GroupName.optional(),
  query: text(/./, 'a query of fleet indexing such as connectivity.connected:false').optional(),
  count: amount('a number of devices', 0, 1_000_000).optional(),
  members: listOf(thingName(), 'thing names').optional(),
  runtime: oneOf(['aws_nucleus_classic', 'aws_nucleus_lite']).optional(),
  platforms: weights(
    Platform,
    'platforms with their weights such as linux/aarch64: 0.8',
  ).optional(),
  platformOverride: keyed(
    text(
      /^(?!(os|architecture|runtime)$)./,
      'an attribute that `platforms` and `runtime` do not give',
    ),
    text(/./, 'a value such as lora'),
    'attributes of the platform such as com.example.radio: lora',
  ).optional(),
  nucleus: z
    .union([Version, weights(Version, 'versions with their weights')], {
      error: 'a version such as 2.15.0, or versions with their weights such as 2.15.0: 0.9',
    })
    .optional(),
  online: share().optional(),
  offline: fields({ returnsAfterSeconds: spread() }).optional(),
  deploySeconds: spread().optional(),
  deployed: keyed(ComponentName, Deployed, 'components with their componentVersion').optional(),
  clientDevices: amount('a number of client devices per core', 0, 1000).optional(),
  attributes: keyed(
    text(/^[a-zA-Z0-9_.,@/:#-]{1,128}$/, 'the name of an attribute'),
    text(/^[a-zA-Z0-9_.,@/:#=[\]-]{1,800}$/, 'an attribute without spaces'),
    'attributes by name',
  )
    .refine((all) => Object.keys(all).length <= 3, { error: 'at most three attributes' })
    .optional(),
  mayListThingGroups: flag().optional(),
});

const Behaviour = fields({
  component: ComponentName,
  version: Version,
  share: share().default(1),
  outcome: oneOf([
    'FAILED',
    'REJECTED',
    'SILENT',
    'BROKEN',
    'ERRORED',
    'OFFLINE',
    'DEFERS',
    'NO_ANSWER',
    'INVALID_CONFIGURATION',
  ]),
  afterSeconds: amount('a number of seconds', 0).optional(),
  errors: amount('a number of errors', 1, 1000).optional(),
  everySeconds: amount('a number of seconds', 1).optional(),
  deferSeconds: amount('a number of seconds', 1).optional(),
  times: amount('how often it defers', 1).optional(),
  platform: Platform.optional(),
  detailedStatus: oneOf([
    'FAILED_NO_STATE_CHANGE',
    'FAILED_ROLLBACK_NOT_REQUESTED',
    'FAILED_ROLLBACK_COMPLETE',
    'FAILED_UNABLE_TO_ROLLBACK',
  ]).optional(),
  errorStack: listOf(errorCode(), 'error codes').optional(),
  errorTypes: listOf(oneOf(ERROR_TYPES), 'error types').optional(),
});

const ComponentState = fields({
  component: ComponentName,
  version: Version,
  ...statusFields(['FAILED', 'DEPRECATED']),
});

const TimelineEntry = fields({
  at: time(),
  does: oneOf(['online', 'offline', 'break', 'stick', 'join', 'leave', 'retire']),
  group: GroupName.optional(),
  things: listOf(thingName(), 'thing names').optional(),
  share: share().default(1),
  component: ComponentName.optional(),
});

const operationFaults = {
  throttle: share().optional(),
  serverError: share().optional(),
  accessDenied: share().optional(),
  slow: fields({ share: share(), seconds: duration() }).optional(),
  reset: share().optional(),
  lostAnswer: share().optional(),
};

const Faults = fields({
  ...operationFaults,
  operations: keyed(
    text(
      /^(Greengrass|IoT|IoTData)\.[A-Za-z]+$/,
      'an operation such as Greengrass.CreateDeployment',
    ),
    fields(operationFaults),
    'faults by operation',
  ).default({}),
  events: fields({
    drop: share().default(0),
    duplicate: share().default(0),
    reorderSeconds: amount('a number of seconds', 0).default(0),
  }).prefault({}),
});

const switchOf = (name: keyof typeof defaultAssumptions) =>
  flag().default(defaultAssumptions[name]);

const AssumptionsOfFleet = fields({
  cancelReachesInProgress: switchOf('cancelReachesInProgress'),
  refusesToCancelEnded: switchOf('refusesToCancelEnded'),
  validationTimeoutFails: switchOf('validationTimeoutFails'),
  limitsDocumentsTo6MB: switchOf('limitsDocumentsTo6MB'),
  abortedIsFailed: switchOf('abortedIsFailed'),
  abortsBeyondLimits: switchOf('abortsBeyondLimits'),
  supersededThingIsCanceled: switchOf('supersededThingIsCanceled'),
  acceptsUnknownTargets: switchOf('acceptsUnknownTargets'),
  refusesUnknownComponents: switchOf('refusesUnknownComponents'),
  toleratesSameComponentVersion: switchOf('toleratesSameComponentVersion'),
  checksClientToken: switchOf('checksClientToken'),
  deletionRacesCancel: switchOf('deletionRacesCancel'),
});

/** The emulator's only input, as a person writes it; unknown keys are refused. */
export const FleetFile = fields({
  region: text(/^[a-z]{2}(-[a-z]+)+-\d$/, 'a region such as eu-west-1').default('eu-west-1'),
  account: text(/^\d{12}$/, 'twelve digits in quotes').default('123456789012'),
  seed: amount('a whole number', 0, 2 ** 31 - 1).default(1),
  components: listOf(recipe(), 'recipes').default([]),
  componentStates: listOf(ComponentState, 'component states').default([]),
  artifacts: keyed(
    text(
      /^(s3:\/\/[^/]+\/.+|greengrass:.+|arn:[^:]*:lambda:[^:]*:\d+:function:[^:]+:\d+)$/,
      's3://bucket/key, greengrass:name or the ARN of a version of a Lambda function',
    ),
    path(),
    'paths of files by s3://bucket/key, greengrass:name or the ARN of a version of a Lambda function',
  ).default({}),
  thingGroups: keyed(GroupName, Group, 'thing groups by name').default({}),
  behaviours: listOf(Behaviour, 'behaviours').default([]),
  timeline: listOf(TimelineEntry, 'timeline entries').default([]),
  faults: Faults.prefault({}),
  assumptions: AssumptionsOfFleet.prefault({}),
});

/** A fleet file as it is written, before the defaults are filled in. */
export type FleetFile = z.input<typeof FleetFile>;

/** A fleet file that has been checked, with its defaults. */
export type FleetSpec = z.output<typeof FleetFile>;
export type GroupSpec = z.output<typeof Group>;
export type BehaviourSpec = z.output<typeof Behaviour>;
export type TimelineSpec = z.output<typeof TimelineEntry>;
