import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GreengrassV2Client } from '@aws-sdk/client-greengrassv2';
import { IoTClient } from '@aws-sdk/client-iot';
import { SFNClient } from '@aws-sdk/client-sfn';
import { connectGreengrass } from '../src/aws/greengrass.js';
import { connectRecords } from '../src/aws/remediation/records.js';
import { connectIot } from '../src/aws/iot.js';
import { connectReleases } from '../src/aws/releases.js';
import { connectRollouts } from '../src/aws/rollouts.js';
import { connectStepFunctions } from '../src/aws/step-functions.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** The four services that the CLI speaks to, of AWS or of the local cloud. */
export type Connections = ReturnType<typeof connect>;

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Where AWS_ENDPOINT_URL points, if it points at this machine. */
export function loopbackEndpoint(environment: Environment): string | undefined {
  const endpoint = environment['AWS_ENDPOINT_URL'];
  if (!endpoint || !URL.canParse(endpoint)) return undefined;
  return LOOPBACK.has(new URL(endpoint).hostname) ? endpoint : undefined;
}

/** The local cloud takes any credentials and has one region, so a newcomer need not set them. */
export const LOCAL_DEFAULTS = {
  region: 'eu-west-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
} as const;

/** What differs from the SDK's own chain of region and credentials: nothing, unless the endpoint is this machine. */
export function clientConfiguration(environment: Environment) {
  if (!loopbackEndpoint(environment)) return {};
  const hasRegion = Boolean(environment['AWS_REGION'] ?? environment['AWS_DEFAULT_REGION']);
  const hasCredentials = Boolean(environment['AWS_ACCESS_KEY_ID'] ?? environment['AWS_PROFILE']);
  return {
    ...(hasRegion ? {} : { region: LOCAL_DEFAULTS.region }),
    ...(hasCredentials ? {} : { credentials: LOCAL_DEFAULTS.credentials }),
  };
}

/** Connects to the services as the environment says; the table and the machines are found by the stage alone. */
export function connect(stage: string, environment: Environment) {
  return connectWith(stage, clientConfiguration(environment));
}

interface Configuration {
  endpoint?: string;
  region?: string;
  credentials?: { accessKeyId: string; secretAccessKey: string };
}

/** Connects to the services at a given place. */
export function connectWith(stage: string, configuration: Configuration) {
  const dynamoDb = new DynamoDBClient(configuration);
  const tableName = `greenwave-${stage}-rollouts`;
  return {
    greengrass: connectGreengrass(new GreengrassV2Client(configuration)),
    iot: connectIot(new IoTClient(configuration)),
    stepFunctions: connectStepFunctions(new SFNClient(configuration)),
    rollouts: connectRollouts(dynamoDb, tableName),
    releases: connectReleases(dynamoDb, tableName),
    records: connectRecords(dynamoDb, tableName),
  };
}
