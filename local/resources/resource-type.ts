import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { EventBus } from '../event-bus/event-bus.js';
import type { HttpApis } from '../http-api/http-api.js';
import type { Functions } from '../lambda/functions.js';
import type { Scheduler } from '../scheduler/scheduler.js';
import type { Topics } from '../sns/topics.js';
import type { StepFunctions } from '../step-functions/step-functions.js';
import type { CreatedResource } from '../template/stack.js';
import { TemplateError } from '../template/template-error.js';

/** Where a resource is created, and what creates it. */
export interface Place {
  readonly logicalId: string;
  readonly stackName: string;
  readonly region: string;
  readonly account: string;
  readonly functions: Functions;
  readonly stepFunctions: StepFunctions;
  readonly eventBus: EventBus;
  readonly scheduler: Scheduler;
  readonly topics: Topics;
  readonly httpApis: HttpApis;
  /** Sends CreateTable to the embedded DynamoDB. */
  readonly createTable: (input: Readonly<Record<string, unknown>>) => Promise<void>;
}

/** Creates a resource from properties that have no intrinsics any more. */
export type ResourceType = (properties: unknown, place: Place) => Promise<CreatedResource>;

/**
 * A type whose `properties` name everything that it takes: what is honoured by its shape, what is inert by `inert`.
 * Any other property is refused, because on AWS it would change what the resource does.
 */
export function resourceType<Properties>(
  properties: z.ZodType<Properties>,
  create: (properties: Properties, place: Place) => CreatedResource | Promise<CreatedResource>,
): ResourceType {
  return async (value, place) => {
    const result = properties.safeParse(value);
    if (result.success) return create(result.data, place);
    const issues = result.error.issues.map(({ path, message }) => {
      const where = path.length > 0 ? `${path.join('.')}: ` : '';
      return `${where}${message}`;
    });
    throw new TemplateError(`the local cloud can't run these properties. ${issues.join('; ')}`);
  };
}

/** Properties that are accepted and make no difference locally. */
export const inert = <Name extends string>(
  ...names: Name[]
): Record<Name, z.ZodOptional<z.ZodUnknown>> => {
  const shape: Partial<Record<Name, z.ZodOptional<z.ZodUnknown>>> = {};
  for (const name of names) shape[name] = z.unknown().optional();
  return shape as Record<Name, z.ZodOptional<z.ZodUnknown>>;
};

/** The name of a resource that the template leaves unnamed: stack, logical id and a suffix, as CloudFormation's. */
export function generatedName({ stackName, logicalId }: Place): string {
  const suffix = createHash('sha256')
    .update(`${stackName}/${logicalId}`)
    .digest('hex')
    .slice(0, 12);
  return `${stackName}-${logicalId}-${suffix}`;
}
