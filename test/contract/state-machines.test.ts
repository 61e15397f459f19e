import { expect, test } from '@jest/globals';
import validate from 'asl-validator';
import { readFileSync, readdirSync } from 'node:fs';
import * as z from 'zod';
import { Judgement } from '../../src/domain/judge.js';
import { Outcome } from '../../src/domain/outcome.js';
import { ReleaseOutcome } from '../../src/domain/release/release-outcome.js';
import { releaseTasks } from '../../src/workflows/release.js';
import { remediationTasks } from '../../src/workflows/remediation.js';
import { rollbackTasks } from '../../src/workflows/rollback.js';
import { rolloutTasks } from '../../src/workflows/rollout.js';
import { sweepTasks } from '../../src/workflows/sweep.js';
import { waveTasks } from '../../src/workflows/wave.js';
import type { TaskContract } from '../../src/workflows/workflow.js';

const ErrorEquals = z.object({
  ErrorEquals: z.array(z.string()),
  JitterStrategy: z.string().optional(),
});
const Payload = z.record(z.string(), z.unknown());
const State = z.object({
  Type: z.string(),
  Resource: z.string().optional(),
  TimeoutSeconds: z.union([z.number(), z.string()]).optional(),
  Arguments: Payload.optional(),
  Retry: z.array(ErrorEquals).default([]),
  Catch: z.array(ErrorEquals).default([]),
  ItemProcessor: z.object({ States: z.record(z.string(), z.unknown()) }).optional(),
});
type State = z.infer<typeof State>;
const Machine = z.object({
  QueryLanguage: z.literal('JSONata'),
  States: z.record(z.string(), State),
});

const read = (name: string): unknown =>
  JSON.parse(readFileSync(`statemachines/${name}.asl.json`, 'utf8'));
const machines: [
  string,
  Record<string, Pick<TaskContract, 'throws'> & { input: z.ZodType; output: z.ZodType }>,
][] = [
  ['release', releaseTasks],
  ['remediation', remediationTasks],
  ['rollback', rollbackTasks],
  ['rollout', rolloutTasks],
  ['sweep', sweepTasks],
  ['wave', waveTasks],
];

const Template = z.object({
  Resources: z.record(
    z.string(),
    z.object({ Properties: z.object({ Timeout: z.number().optional() }).optional() }),
  ),
});
const { Resources } = Template.parse(
  JSON.parse(readFileSync('dist/cloudformation-template.json', 'utf8')),
);
/** Of the Lambda functions, in seconds, by the state that calls each. */
const functionTimeouts = new Map(
  Object.entries(Resources).flatMap(([id, { Properties }]) =>
    Properties?.Timeout === undefined
      ? []
      : [[id.replace(/LambdaFunction$/, ''), Properties.Timeout] as const],
  ),
);

/** The states of a machine, those inside a Map included. */
const statesOf = (states: Record<string, State>): [string, State][] =>
  Object.entries(states).flatMap(([name, state]) => [
    [name, state],
    ...statesOf(z.record(z.string(), State).parse(state.ItemProcessor?.States ?? {})),
  ]);

/** What a task calls and hands over: directly, or while a token is waited for. */
const called = ({ Resource, Arguments }: State) =>
  Resource?.startsWith('arn:aws:states:::lambda:invoke')
    ? { function: Arguments?.['FunctionName'], payload: Payload.parse(Arguments?.['Payload']) }
    : { function: Resource, payload: Arguments ?? {} };

const tasksOf = (name: string) =>
  statesOf(Machine.parse(read(name)).States)
    .filter(
      ([, state]) => state.Type === 'Task' && /^\$\{|lambda:invoke/.test(state.Resource ?? ''),
    )
    .map(([task, state]) => [task, { ...state, ...called(state) }] as const);

test('every state machine has its contracts, and the other way round', () => {
  const files = readdirSync('statemachines').map((file) => file.replace('.asl.json', ''));
  expect(files.sort()).toEqual(machines.map(([name]) => name).sort());
});

test.each(machines)('%s is a valid state machine', (name) => {
  expect(validate(structuredClone(read(name))).errorsText()).toBe('');
});

test.each(machines)(
  '%s: each task has a contract of its name and each contract a task',
  (name, contracts) => {
    expect(
      tasksOf(name)
        .map(([state]) => state)
        .sort(),
    ).toEqual(Object.keys(contracts).sort());
  },
);

test.each(machines)('%s: each task calls the function of its own name', (name) => {
  for (const [state, task] of tasksOf(name)) expect(task.function).toBe(`\${${state}Arn}`);
});

test.each(machines)('%s: each task ends in time, a function before its task', (name) => {
  for (const [state, { Type, TimeoutSeconds }] of statesOf(Machine.parse(read(name)).States)) {
    if (Type !== 'Task') continue;
    expect({ state, hasTimeout: TimeoutSeconds !== undefined }).toEqual({
      state,
      hasTimeout: true,
    });
    const limit = functionTimeouts.get(state);
    if (limit !== undefined && typeof TimeoutSeconds === 'number')
      expect({ state, isLonger: TimeoutSeconds > limit }).toEqual({ state, isLonger: true });
  }
});

test.each(machines)('%s: each function is tried again where that can help, with jitter', (name) => {
  for (const [state, { Retry }] of tasksOf(name)) {
    const jitter = Retry.map(({ JitterStrategy }) => JitterStrategy);
    expect({ state, jitter: [...new Set(jitter)] }).toEqual({ state, jitter: ['FULL'] });
    expect(Retry[0]?.ErrorEquals).toEqual(
      expect.arrayContaining([
        'ThrottledError',
        'Lambda.ServiceException',
        'Lambda.AWSLambdaException',
        'Lambda.SdkClientException',
        'Lambda.TooManyRequestsException',
      ]),
    );
  }
});

test.each(machines)(
  '%s: a task passes the fields of its contract and no other',
  (name, contracts) => {
    for (const [state, { payload }] of tasksOf(name)) {
      const input = contracts[state]?.input;
      const shape = input instanceof z.ZodObject ? Object.keys(input.shape) : [];
      expect({ state, fields: Object.keys(payload).sort() }).toEqual({
        state,
        fields: shape.sort(),
      });
    }
  },
);

test.each(machines)('%s: a task reads only fields that its function answers', (name, contracts) => {
  const Raw: z.ZodType<Record<string, unknown>> = z.record(z.string(), z.unknown());
  const rawOf = (states: unknown): Record<string, unknown> =>
    Object.entries(Raw.parse(states)).reduce<Record<string, unknown>>((all, [state, raw]) => {
      const inner = z.object({ ItemProcessor: z.object({ States: Raw }) }).safeParse(raw);
      return {
        ...all,
        [state]: raw,
        ...(inner.success ? rawOf(inner.data.ItemProcessor.States) : {}),
      };
    }, {});
  const States = rawOf(z.object({ States: Raw }).parse(read(name)).States);
  for (const [state] of tasksOf(name)) {
    const output = contracts[state]?.output;
    const shape = output instanceof z.ZodObject ? Object.keys(output.shape) : [];
    const used = JSON.stringify(States[state]).matchAll(/\$states\.result\.(\w+)/g);
    for (const [, field] of used)
      expect({ state, shape }).toEqual({ state, shape: expect.arrayContaining([field]) });
  }
});

test('choices compare with verdicts and phases that there are', () => {
  const text = JSON.stringify(machines.map(([name]) => read(name)));
  const verdicts = [...text.matchAll(/verdict = '(\w+)'/g)].map(([, word]) => word);
  const phases = [...text.matchAll(/phase = '(\w+)'/g)].map(([, word]) => word);
  expect(verdicts.length).toBeGreaterThan(0);
  // Superseded is what the wave machine itself makes of a foreign change.
  expect([...Judgement.shape.verdict.options, 'Superseded']).toEqual(
    expect.arrayContaining(verdicts),
  );
  const outcomes = [...Outcome.options, ...ReleaseOutcome.options];
  expect(outcomes.map(({ shape }) => shape.phase.value)).toEqual(expect.arrayContaining(phases));
});

test.each(machines)(
  '%s: only errors that a contract declares are retried or caught',
  (name, contracts) => {
    for (const [state, { Retry, Catch }] of tasksOf(name)) {
      const named = [...Retry, ...Catch].flatMap((rule) => rule.ErrorEquals);
      const ours = named.filter((error) => !/^(States|Lambda|Sandbox|Runtime)\./.test(error));
      expect(contracts[state]?.throws).toEqual(expect.arrayContaining(ours));
    }
  },
);

test.each(machines)(
  '%s: every declared error has a retry or a catch, or ends the execution on purpose',
  (name, contracts) => {
    // InvalidPayloadError in a machine without a last Catch ends the execution: its parent records it.
    for (const [state, { Retry, Catch }] of tasksOf(name)) {
      const named = new Set([...Retry, ...Catch].flatMap((rule) => rule.ErrorEquals));
      const open = (contracts[state]?.throws ?? []).filter(
        (error) => !named.has(error) && !named.has('States.ALL'),
      );
      expect({ state, open: open.filter((error) => error !== 'InvalidPayloadError') }).toEqual({
        state,
        open: [],
      });
    }
  },
);
