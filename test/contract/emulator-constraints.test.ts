import { afterAll, beforeAll, expect, test } from '@jest/globals';
import * as z from 'zod';
import { hasModel, ifModel, operationsIn, readModel } from '../support/api-model.js';
import { startEmulatedCloud, type EmulatedCloud } from '../support/emulated-cloud.js';
import { httpRequest } from '../support/model-request.js';
import {
  fullRequest,
  violations,
  type Values,
  type Violation,
} from '../support/model-violations.js';

let aws: EmulatedCloud;

beforeAll(async () => {
  aws = await startEmulatedCloud();
});
afterAll(() => aws.close());

const shapes = hasModel ? readModel() : {};
const operations = operationsIn(shapes);

const Answer = z.looseObject({
  reason: z.string().optional(),
  fields: z.array(z.object({ name: z.string(), message: z.string() })).nullish(),
});

/** What the emulator says of a request: status, error, reason, and the members that it finds fault with. */
async function answerTo(operation: (typeof operations)[number], values: Values): Promise<string> {
  const { path, init } = httpRequest(shapes, operation, values);
  const response = await fetch(`${aws.url}${path}`, init);
  const text = await response.text();
  const { reason, fields } = Answer.parse(JSON.parse(text === '' ? '{}' : text));
  const names = (fields ?? []).map(({ name }) => name);
  const error = response.headers.get('x-amzn-errortype');
  return [response.status, error, reason, ...names].join(' ');
}

const refused = 'ValidationException FIELD_VALIDATION_FAILED';

/** What the emulator takes against the model: GetDeployment's empty map of tags, when its answer is sent back. */
const isTaken = ({ name }: (typeof operations)[number], { field, values }: Violation) =>
  name === 'CreateDeployment' && field === 'tags' && JSON.stringify(values['tags']) === '{}';

for (const operation of operations)
  test(`${operation.name} enforces each constraint of the API model on each member`, async () => {
    // Only a token that the emulator gave is a good one.
    const good = { ...fullRequest(shapes, operation), nextToken: undefined };
    expect(await answerTo(operation, good)).not.toContain(refused);
    const notEnforced: string[] = [];
    for (const violation of violations(shapes, operation)) {
      const { rule, field, values } = violation;
      const answer = await answerTo(operation, values);
      const isRefused = answer === `400 ${refused} ${field}`;
      if (isRefused === isTaken(operation, violation))
        notEnforced.push(`${rule} of ${field}: ${answer}`);
    }
    expect(notEnforced).toEqual([]);
  });

ifModel('the constraints that are tried are not few', () => {
  const counts: Record<string, number> = {};
  for (const { rule } of operations.flatMap((operation) => violations(shapes, operation)))
    counts[rule] = (counts[rule] ?? 0) + 1;
  expect(counts).toEqual({ required: 43, type: 169, length: 86, range: 29, pattern: 15, enum: 17 });
});

if (!hasModel)
  test.skip('each constraint of each member (not run: the API model is not at hand)', () =>
    undefined);
