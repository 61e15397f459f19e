import * as z from 'zod';
import { generatedName, inert, resourceType } from './resource-type.js';

/**
 * AWS::Lambda::Function. The code comes from the bundle that `Handler` names, below the package root;
 * layers, images, VPCs, dead-letter queues and file systems are refused.
 */
export const lambdaFunction = resourceType(
  z.strictObject({
    FunctionName: z.string().optional(),
    Handler: z.string().regex(/\.\w+$/),
    Runtime: z.string().startsWith('nodejs'),
    Role: z.string(),
    Timeout: z.int().min(1).max(900).default(3),
    MemorySize: z.int().min(128).max(10_240).default(128),
    Environment: z
      .strictObject({ Variables: z.record(z.string(), z.coerce.string()).default({}) })
      .default({ Variables: {} }),
    ...inert('Code', 'Architectures', 'Description', 'EphemeralStorage', 'LoggingConfig', 'Tags'),
    ...inert('KmsKeyArn', 'ReservedConcurrentExecutions', 'TracingConfig'),
  }),
  (properties, place) => {
    const name = properties.FunctionName ?? generatedName(place);
    const arn = `arn:aws:lambda:${place.region}:${place.account}:function:${name}`;
    place.functions.create({
      name,
      arn,
      handler: properties.Handler,
      runtime: properties.Runtime,
      role: properties.Role,
      timeoutSeconds: properties.Timeout,
      memorySize: properties.MemorySize,
      environment: properties.Environment.Variables,
    });
    return { ref: name, attributes: { Arn: arn } };
  },
);

/** AWS::Lambda::Version: a number for the same code, as nothing is updated while the local cloud runs. */
export const lambdaVersion = resourceType(
  z.strictObject({ FunctionName: z.string(), ...inert('CodeSha256', 'Description') }),
  ({ FunctionName }, { functions }) => {
    const Version = functions.publishVersion(FunctionName);
    const ref = `${functions.find(FunctionName).arn}:${Version}`;
    return { ref, attributes: { Version, FunctionArn: ref } };
  },
);

/** AWS::Lambda::Permission: a rule or an API without one can't start the function, as on AWS. */
export const lambdaPermission = resourceType(
  z.strictObject({
    FunctionName: z.string(),
    Action: z.literal('lambda:InvokeFunction'),
    Principal: z.string(),
    SourceArn: z.string().optional(),
    ...inert('SourceAccount'),
  }),
  ({ FunctionName, Principal, SourceArn }, place) => {
    place.functions.permit(FunctionName, { principal: Principal, sourceArn: SourceArn });
    return { ref: generatedName(place), attributes: {} };
  },
);

/** AWS::Lambda::EventInvokeConfig: how often and how long an event is retried. Destinations are refused. */
export const eventInvokeConfig = resourceType(
  z.strictObject({
    FunctionName: z.string(),
    Qualifier: z.string(),
    MaximumRetryAttempts: z.int().min(0).max(2).default(2),
    MaximumEventAgeInSeconds: z.int().min(60).max(21_600).default(21_600),
  }),
  (properties, place) => {
    place.functions.setRetryLimits(properties.FunctionName, {
      maximumRetryAttempts: properties.MaximumRetryAttempts,
      maximumEventAgeSeconds: properties.MaximumEventAgeInSeconds,
    });
    return { ref: generatedName(place), attributes: {} };
  },
);
