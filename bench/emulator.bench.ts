import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import * as z from 'zod';
import { table } from '../cli/output.js';
import { Big, runEmulatorJob, Spent } from './emulator-jobs.js';
import { load, type Repeated } from './load.js';
import { readOptions } from './options.js';
import { serveJobs, startWorker, type Worker } from './workers.js';

/**
 * What the emulator can take: requests a second, beside dynalite as a yardstick, and how large a fleet. Exit code 0 only
 * if every target is met.
 */

const TARGETS = { pagesPerSecond: 2000, heapMegabytes: 400, settleSeconds: 20, startSeconds: 1 };
const DEVICES = 1000;
const MANY_DEVICES = 100_000;
const WARM_UP = 3000;
const REQUESTS = 10_000;

const PAGE: Repeated = {
  ...{ method: 'GET', path: '/greengrass/v2/coreDevices?maxResults=100', headers: {} },
};

const dynamo = (operation: string, input: object): Repeated => ({
  ...{ method: 'POST', path: '/', body: JSON.stringify(input) },
  headers: {
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-target': `DynamoDB_20120810.${operation}`,
    'x-amz-date': '20260105T080000Z',
    authorization:
      'AWS4-HMAC-SHA256 Credential=local/20260105/eu-west-1/dynamodb/aws4_request, ' +
      'SignedHeaders=host;x-amz-date;x-amz-target, Signature=0',
  },
});
const CREATE_TABLE = dynamo('CreateTable', {
  TableName: 'yardstick',
  AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  BillingMode: 'PAY_PER_REQUEST',
});
const DESCRIBE_TABLE = dynamo('DescribeTable', { TableName: 'yardstick' });

interface Rate {
  /** Of the serving process's own time on a core: the same however busy the machine is with others. */
  readonly perCoreSecond: number;
  readonly perSecond: number;
  readonly bytes: number;
}

async function withWorker<T>(run: (worker: Worker) => Promise<T>): Promise<T> {
  const worker = startWorker();
  return run(worker).finally(() => worker.stop());
}

const measureRate = (serve: string, repeated: Repeated, setUp?: Repeated): Promise<Rate> =>
  withWorker(async (worker) => {
    const url = z.string().parse(await worker.ask(serve));
    const cpu = async () => z.number().parse(await worker.ask('cpu'));
    if (setUp) await load(url, setUp, 1);
    await load(url, repeated, WARM_UP);
    const [cpuBefore, wallBefore] = [await cpu(), performance.now()];
    const bytes = await load(url, repeated, REQUESTS);
    const wall = (performance.now() - wallBefore) / 1000;
    return {
      perCoreSecond: REQUESTS / ((await cpu()) - cpuBefore),
      perSecond: REQUESTS / wall,
      bytes: bytes / REQUESTS,
    };
  });

const ask = <T>(schema: z.ZodType<T>, job: string): Promise<T> =>
  withWorker(async (worker) => schema.parse(await worker.ask(job)));

async function measure() {
  const pages = await measureRate(`serve-emulator ${DEVICES}`, PAGE);
  const pagesOfMany = await measureRate(`serve-emulator ${MANY_DEVICES}`, PAGE);
  const yardstick = await measureRate('serve-dynalite', DESCRIBE_TABLE, CREATE_TABLE);
  const start = await ask(Spent, `start ${DEVICES}`);
  const big = await ask(Big, `deploy ${MANY_DEVICES}`);
  return { pages, pagesOfMany, yardstick, start, big, loadAverage: loadavg()[0] };
}

const whole = (number: number) => String(Math.round(number));
const seconds = (value: number) => `${value.toFixed(2)} s`;
const took = ({ wallSeconds, cpuSeconds }: Spent) =>
  `${seconds(wallSeconds)}, ${seconds(cpuSeconds)} of a core`;
const rate = ({ perCoreSecond, perSecond }: Rate) =>
  `${whole(perCoreSecond)} a second of a core, ${whole(perSecond)} a second here`;

async function main(): Promise<number> {
  const { json } = readOptions(1);
  const figures = await measure();
  const { pages, pagesOfMany, yardstick, start, big } = figures;
  if (json) writeFileSync(json, JSON.stringify(figures, undefined, 2));
  const { pagesPerSecond, heapMegabytes, settleSeconds, startSeconds } = TARGETS;
  const rows = [
    {
      what: `ListCoreDevices, pages of 100 of ${DEVICES}`,
      found: rate(pages),
      wanted: `at least ${pagesPerSecond} a second of a core`,
      isMet: pages.perCoreSecond >= pagesPerSecond,
    },
    {
      what: `the same of ${MANY_DEVICES}`,
      found: rate(pagesOfMany),
      wanted: `at least ${pagesPerSecond} a second of a core`,
      isMet: pagesOfMany.perCoreSecond >= pagesPerSecond,
    },
    { what: 'DescribeTable of dynalite', found: rate(yardstick) },
    {
      what: `start with ${DEVICES} devices`,
      found: took(start),
      wanted: `under ${startSeconds} s`,
      isMet: start.wallSeconds < startSeconds,
    },
    { what: `start with ${MANY_DEVICES}`, found: took(big.start) },
    {
      what: `deployment to ${MANY_DEVICES}, ${big.virtualHours.toFixed(1)} h of virtual time`,
      found: took(big.settled),
      wanted: `under ${settleSeconds} s`,
      isMet: big.settled.wallSeconds < settleSeconds,
    },
    {
      what: `heap with ${MANY_DEVICES}, after it`,
      found: `${whole(big.heapMegabytes)} MB`,
      wanted: `under ${heapMegabytes} MB`,
      isMet: big.heapMegabytes < heapMegabytes,
    },
  ];
  const lines = table(
    ['what', 'found', 'wanted', ''],
    rows.map(({ what, found, wanted, isMet }) => [
      ...[what, found, wanted ?? ''],
      isMet === undefined ? '' : isMet ? 'met' : 'NOT MET',
    ]),
  );
  const ratio = pages.perCoreSecond / yardstick.perCoreSecond;
  process.stdout.write(
    `${lines.join('\n')}\n\nOne page is ${whole(pages.bytes)} bytes, one DescribeTable ${whole(yardstick.bytes)}; ` +
      `pages a second are ${ratio.toFixed(2)} times dynalite's.\n`,
  );
  return rows.every(({ isMet }) => isMet !== false) ? 0 : 1;
}

if (!serveJobs(runEmulatorJob)) process.exitCode = await main();
