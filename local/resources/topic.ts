import * as z from 'zod';
import { generatedName, inert, resourceType } from './resource-type.js';

/** Who is told by e-mail, text message or web hook is told nothing locally; queues and functions would have to run. */
const Subscription = z.strictObject({
  Protocol: z.enum(['email', 'email-json', 'sms', 'http', 'https'], {
    error: 'the local cloud sends nothing to queues, streams and functions',
  }),
  Endpoint: z.string(),
});

/** AWS::SNS::Topic, standard. What is published is kept and shown; nothing is sent. */
export const topic = resourceType(
  z.strictObject({
    TopicName: z
      .string()
      .regex(/^[\w-]{1,256}$/)
      .optional(),
    Subscription: z.array(Subscription).default([]),
    ...inert('DisplayName', 'KmsMasterKeyId', 'SignatureVersion', 'TracingConfig', 'Tags'),
    ...inert('DeliveryStatusLogging', 'DataProtectionPolicy'),
  }),
  ({ TopicName, Subscription: subscriptions }, place) => {
    const name = TopicName ?? generatedName(place);
    const ref = place.topics.create(name, subscriptions);
    return { ref, attributes: { TopicArn: ref, TopicName: name } };
  },
);

const listed = z.union([z.string().transform((one) => [one]), z.array(z.string())]);

/** AWS::SNS::TopicPolicy: without one a rule can't publish, as on AWS. Only that is read of it. */
export const topicPolicy = resourceType(
  z.strictObject({
    Topics: z.array(z.string()),
    PolicyDocument: z.looseObject({
      Statement: z.array(
        z.looseObject({
          Effect: z.enum(['Allow', 'Deny']),
          Principal: z.looseObject({ Service: listed.optional() }).optional(),
          Action: listed,
        }),
      ),
    }),
  }),
  ({ Topics, PolicyDocument }, place) => {
    const lets = PolicyDocument.Statement.some(
      ({ Effect, Principal, Action }) =>
        Effect === 'Allow' &&
        Principal?.Service?.includes('events.amazonaws.com') &&
        Action.includes('sns:Publish'),
    );
    if (lets) for (const topicArn of Topics) place.topics.permit(topicArn);
    return { ref: generatedName(place), attributes: {} };
  },
);
