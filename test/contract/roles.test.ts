import { expect, test } from '@jest/globals';
import { readFileSync, readdirSync } from 'node:fs';
import * as z from 'zod';
import { actionsOfSteps } from '../support/actions-of-step.js';

const READS_JOBS = [
  'iot:DescribeJob',
  'iot:DescribeThing',
  'iot:DescribeThingGroup',
  'iot:GetThingShadow',
];
const CHANGES_JOBS = [
  ...READS_JOBS,
  'iot:CancelJob',
  'iot:DeleteThingShadow',
  'iot:UpdateJob',
  'iot:UpdateThingShadow',
];
/** Documented: Service Authorization Reference of IoT Greengrass V2, "Dependent actions": what the caller needs besides. */
const DEPENDENT: Readonly<Record<string, readonly string[]>> = {
  'greengrass:CancelDeployment': CHANGES_JOBS,
  // Its recipe's artifacts, or its Lambda function, and its tags.
  'greengrass:CreateComponentVersion': [
    'greengrass:TagResource',
    'lambda:GetFunction',
    's3:GetObject',
  ],
  // Its tags need the last one.
  'greengrass:CreateDeployment': [...CHANGES_JOBS, 'iot:CreateJob', 'greengrass:TagResource'],
  'greengrass:DeleteDeployment': ['iot:DeleteJob'],
  'greengrass:GetDeployment': READS_JOBS,
  'greengrass:ListDeployments': READS_JOBS,
  'greengrass:ListEffectiveDeployments': [...READS_JOBS, 'iot:DescribeJobExecution'],
};

const Statement = z.object({
  Action: z.union([z.string().transform((one) => [one]), z.array(z.string())]),
});
const Role = z.object({
  Properties: z.object({
    Policies: z.tuple([z.object({ PolicyDocument: z.object({ Statement: z.array(Statement) }) })]),
  }),
});
const { Resources } = z
  .object({ Resources: z.record(z.string(), z.unknown()) })
  .parse(JSON.parse(readFileSync('dist/cloudformation-template.json', 'utf8')));

const files = readdirSync('src/handlers')
  .filter((file) => !['task.ts', 'trigger.ts'].includes(file))
  .map((file) => `src/handlers/${file}`);

const roleOf = (file: string) =>
  file
    .replace(/^.*\/|\.ts$/g, '')
    .replace(/(^|-)(.)/g, (_, __, letter: string) => letter.toUpperCase()) + 'Role';

test('each role allows what its step calls, what those calls need besides, and its log: no more, no less', () => {
  const steps = actionsOfSteps(files);
  for (const file of files) {
    const called = steps.get(file) ?? [];
    // A step of which nothing is found is one that the search has lost.
    expect({ file, called }).not.toEqual({ file, called: [] });
    const needed = new Set([
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      ...called,
      ...called.flatMap((action) => DEPENDENT[action] ?? []),
    ]);
    const [{ PolicyDocument }] = Role.parse(Resources[roleOf(file)]).Properties.Policies;
    const allowed = PolicyDocument.Statement.flatMap(({ Action }) => Action);
    expect({ file, allowed: allowed.sort() }).toEqual({ file, allowed: [...needed].sort() });
  }
});
