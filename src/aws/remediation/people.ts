import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import { translate } from '../translate.js';

/** The topic that people have subscribed to. */
export function connectPeople(client: SNSClient, TopicArn: string) {
  return {
    async tell(message: { subject: string; message: string }): Promise<void> {
      const command = new PublishCommand({
        TopicArn,
        Subject: message.subject,
        Message: message.message,
      });
      await client.send(command).catch(translate);
    },
  };
}

export type People = ReturnType<typeof connectPeople>;
