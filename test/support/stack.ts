import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { IoTClient } from '@aws-sdk/client-iot';
import { DeleteScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  SFNClient,
  StartExecutionCommand,
  type HistoryEvent,
} from '@aws-sdk/client-sfn';
import { connectIot } from '../../src/aws/iot.js';
import { connectRollouts } from '../../src/aws/rollouts.js';
import type { FleetFile } from '../../emulator/fleet-file.js';
import type { Host } from '../../local/host.js';
import { type LocalCloudOptions, startLocalCloud } from '../../local/main.js';
import { closing } from './closing.js';

/** The machine's ARN in the region and account that fleets have where their file doesn't say. */
export const machineArn = (name: string) =>
  `arn:aws:states:eu-west-1:123456789012:stateMachine:greenwave-dev-${name}`;

export const executionArn = (machine: string, name: string) =>
  `arn:aws:states:eu-west-1:123456789012:execution:greenwave-dev-${machine}:${name}`;

declare global {
  /** The one of this worker process, by host-environment.mjs. */
  function sharedHost(): Promise<Host>;
}

/** More refusals than this, and the SDK's clients would run out of tries that they carry on to the next test. */
const MOST_REFUSED = 0.05;

/** The functions are loaded once, unless a fleet refuses so many calls that a test could tell. */
async function hostOf({ faults }: FleetFile): Promise<Host | undefined> {
  const { throttle = 0, serverError = 0, operations } = faults ?? {};
  if (operations || throttle + serverError > MOST_REFUSED) return undefined;
  const host = await sharedHost();
  return host.isFree ? host : undefined;
}

/**
 * A whole local cloud with the shipped bundles, and clients as a user has them. The fleet is not remediated by itself every
 * 15 minutes, unless that is what a test is about. Of a cold one no function has run before: it knows no secret yet.
 */
export async function startStack(
  fleet: FleetFile,
  timeScale: number | 'max' = 'max',
  {
    isRemediated = false,
    isCold = false,
    root,
    ...more
  }: Pick<LocalCloudOptions, 'killAfterEffect' | 'onLog' | 'root'> & {
    isRemediated?: boolean;
    isCold?: boolean;
  } = {},
) {
  const cloud = closing(
    await startLocalCloud({
      fleet,
      timeScale,
      ...(root !== undefined && { root }),
      // Nobody else has functions of a package that a test has made.
      host: isCold || root !== undefined ? undefined : await hostOf(fleet),
      ...more,
    }),
  );
  const config = {
    endpoint: cloud.url,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  if (!isRemediated)
    await new SchedulerClient(config).send(
      new DeleteScheduleCommand({ Name: 'greenwave-dev-remediation' }),
    );
  const sfn = new SFNClient(config);
  const iotClient = new IoTClient(config);
  const rollouts = connectRollouts(new DynamoDBClient(config), 'greenwave-dev-rollouts');

  async function history(arn: string): Promise<HistoryEvent[]> {
    const events: HistoryEvent[] = [];
    let nextToken: string | undefined;
    do {
      const page = await sfn.send(
        new GetExecutionHistoryCommand({ executionArn: arn, maxResults: 1000, nextToken }),
      );
      events.push(...(page.events ?? []));
      nextToken = page.nextToken;
    } while (nextToken);
    return events;
  }

  const start = (rolloutId: string, input: unknown) =>
    sfn.send(
      new StartExecutionCommand({
        stateMachineArn: machineArn('rollout'),
        name: rolloutId,
        input: JSON.stringify(input),
      }),
    );

  /** How an execution ended, once nothing runs any more. */
  async function ended(rolloutId: string) {
    await cloud.clock.idle();
    return sfn.send(
      new DescribeExecutionCommand({ executionArn: executionArn('rollout', rolloutId) }),
    );
  }

  return {
    cloud,
    config,
    sfn,
    iotClient,
    iot: connectIot(iotClient),
    rollouts,
    history,
    start,
    ended,
    /** Starts a rollout and waits for its end. */
    async run(rolloutId: string, rollout: unknown) {
      await start(rolloutId, { rolloutId, rollout, startedBy: 'test' });
      return ended(rolloutId);
    },
  };
}
