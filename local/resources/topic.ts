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
