import * as z from 'zod';
import type { Json } from './json.js';

/** Any JSON value; strings of the form `{% … %}` in it are expressions. */
const Template = z.custom<Json>((value) => value !== undefined, 'a JSON value is missing');
const Assignments = z.record(
  z
    .string()
    .regex(/^[\p{ID_Start}_][\p{ID_Continue}]*$/u, 'is not a variable name')
    .max(80)
    .refine((name) => name !== 'states', "'states' is reserved"),
  Template,
);
const Expression = z.string().regex(/^\{%[^]*%\}$/, 'must be a JSONata expression: {% … %}');
/** Documented: Amazon States Language, the longest wait, 99,999,999 seconds. */
const LONGEST_SECONDS = 99_999_999;
const Seconds = (least: number) =>
  z.union([z.int().min(least).max(LONGEST_SECONDS), Expression], {
    error: `must be a whole number of seconds from ${least} to ${LONGEST_SECONDS}, or a JSONata expression`,
  });

const ErrorNames = z.array(z.string().min(1)).min(1);
const Retrier = z.strictObject({
  ErrorEquals: ErrorNames,
  Comment: z.string().optional(),
  IntervalSeconds: z.int().min(1).max(LONGEST_SECONDS).default(1),
  MaxAttempts: z.int().min(0).max(LONGEST_SECONDS).default(3),
  BackoffRate: z.number().min(1).default(2),
  // Documented: Step Functions guide, "Retrying after an error": below 31,622,400, more than IntervalSeconds.
  MaxDelaySeconds: z.int().min(1).max(31_622_400).optional(),
  JitterStrategy: z.enum(['FULL', 'NONE']).default('NONE'),
});
const Catcher = z.strictObject({
  ErrorEquals: ErrorNames,
  Comment: z.string().optional(),
  Next: z.string(),
  Assign: Assignments.optional(),
  Output: Template.optional(),
});

const any = {
  Comment: z.string().optional(),
  QueryLanguage: z.enum(['JSONata', 'JSONPath']).optional(),
};
const output = { Output: Template.optional() };
const onward = {
  ...output,
  Assign: Assignments.optional(),
  Next: z.string().optional(),
  End: z.boolean().optional(),
};
const attempts = {
  Retry: z.array(Retrier).optional(),
  Catch: z.array(Catcher).optional(),
};
/** Documented: Amazon States Language, names of states have at most 80 characters. */
const States = z.record(z.string().min(1).max(80), z.unknown());
/** Branches are read one by one, so that what is wrong in one is told with its own path. */
const Inner = z.record(z.string(), z.unknown());

/** A state as it is written; unknown fields are refused. */
export const StateFields = z.discriminatedUnion('Type', [
  z.strictObject({ Type: z.literal('Pass'), ...any, ...onward }),
  z.strictObject({ Type: z.literal('Succeed'), ...any, ...output }),
  z.strictObject({
    Type: z.literal('Fail'),
    ...any,
    Error: z.string().optional(),
    Cause: z.string().optional(),
  }),
  z.strictObject({
    Type: z.literal('Wait'),
    ...any,
    ...onward,
    Seconds: Seconds(0).optional(),
    Timestamp: z.string().optional(),
  }),
  z.strictObject({
    Type: z.literal('Choice'),
    ...any,
    ...output,
    Assign: Assignments.optional(),
    Default: z.string().optional(),
    Choices: z
      .array(
        z.strictObject({
          Condition: z.union([z.boolean(), Expression], {
            error: 'must be true, false or a JSONata expression',
          }),
          Next: z.string(),
          Comment: z.string().optional(),
          Assign: Assignments.optional(),
          Output: Template.optional(),
        }),
      )
      .min(1),
  }),
  z.strictObject({
    Type: z.literal('Task'),
    ...any,
    ...onward,
    ...attempts,
    Resource: z.string(),
    Arguments: Template.optional(),
    TimeoutSeconds: Seconds(1).optional(),
    HeartbeatSeconds: Seconds(1).optional(),
  }),
  z.strictObject({
    Type: z.literal('Parallel'),
    ...any,
    ...onward,
    ...attempts,
    Arguments: Template.optional(),
    Branches: z.array(Inner).min(1),
  }),
  z.strictObject({
    Type: z.literal('Map'),
    ...any,
    ...onward,
    ...attempts,
    Items: z
      .union([z.array(Template), Expression], { error: 'must be a list or a JSONata expression' })
      .optional(),
    ItemSelector: Template.optional(),
    ItemProcessor: Inner,
    MaxConcurrency: z
      .union([z.int().min(0), Expression], {
        error: 'must be a whole number or a JSONata expression',
      })
      .optional(),
  }),
]);
export type StateFields = z.infer<typeof StateFields>;

/** The states of a branch or of an iteration. */
export const InnerFields = z.strictObject({
  Comment: z.string().optional(),
  StartAt: z.string(),
  States,
  ProcessorConfig: z
    .strictObject({
      Mode: z.literal('INLINE', { error: 'only the mode INLINE runs here' }).optional(),
    })
    .optional(),
});

/** A state machine as it is written. */
export const MachineFields = z.strictObject({
  Comment: z.string().optional(),
  Version: z.literal('1.0').optional(),
  QueryLanguage: z.enum(['JSONata', 'JSONPath']).optional(),
  TimeoutSeconds: z.int().min(1).max(LONGEST_SECONDS).optional(),
  StartAt: z.string(),
  States,
});

export type Retrier = z.infer<typeof Retrier>;
export type Catcher = z.infer<typeof Catcher>;
type FieldsOf<Type extends StateFields['Type']> = Extract<StateFields, { Type: Type }>;

/** States that lead to each other and share variables: the machine's own, a branch's or an iteration's. */
export interface Graph {
  readonly startAt: string;
  readonly states: ReadonlyMap<string, State>;
}

export type PassState = FieldsOf<'Pass'>;
export type SucceedState = FieldsOf<'Succeed'>;
export type FailState = FieldsOf<'Fail'>;
export type WaitState = FieldsOf<'Wait'>;
export type ChoiceState = FieldsOf<'Choice'>;
export type TaskState = FieldsOf<'Task'>;
export type ParallelState = FieldsOf<'Parallel'> & { readonly branches: readonly Graph[] };
export type MapState = FieldsOf<'Map'> & { readonly processor: Graph };

/** A state that has been found fit to run. */
export type State =
  | PassState
  | SucceedState
  | FailState
  | WaitState
  | ChoiceState
  | TaskState
  | ParallelState
  | MapState;
