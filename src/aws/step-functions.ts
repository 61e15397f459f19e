import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  SendTaskSuccessCommand,
  StartExecutionCommand,
  paginateListStateMachines,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import * as z from 'zod';
import { translate } from './translate.js';

const Started = z.object({ executionArn: z.string() });

/** The wait is over already: its time was up, somebody was quicker, or its execution has ended. */
const OVER = new Set(['TaskTimedOut', 'InvalidToken', 'TaskDoesNotExist']);

/** What waits in AwaitLook and AwaitPerson goes on with no more than that it was woken. */
const WOKEN = '{}';

export type StepFunctions = ReturnType<typeof connectStepFunctions>;

/** The state machines of one stage. */
export function connectStepFunctions(client: SFNClient) {
  return {
    /** ARN of the machine of this name, or undefined where it isn't deployed. */
    async findStateMachine(name: string): Promise<string | undefined> {
      try {
        for await (const page of paginateListStateMachines({ client, pageSize: 1000 }, {}))
          for (const machine of page.stateMachines ?? [])
            if (machine.name === name) return machine.stateMachineArn;
      } catch (cause) {
        return translate(cause);
      }
      return undefined;
    },

    /** Starts an execution and answers its ARN; the same name and input again is the same execution. */
    async startExecution(stateMachineArn: string, name: string, input: unknown): Promise<string> {
      const command = new StartExecutionCommand({
        stateMachineArn,
        name,
        input: JSON.stringify(input),
      });
      return Started.parse(await client.send(command).catch(translate)).executionArn;
    },

    /** Starts an execution of this name once: one that there is already, or was, is as wanted. */
    async startOnce(stateMachineArn: string, name: string, input: unknown): Promise<void> {
      const command = new StartExecutionCommand({
        stateMachineArn,
        name,
        input: JSON.stringify(input),
      });
      await client
        .send(command)
        .catch((cause: unknown) =>
          cause instanceof ExecutionAlreadyExists ? undefined : translate(cause),
        );
    },

    /** Ends a wait by its token; false where it has ended already, which is as wanted. */
    async endWait(taskToken: string): Promise<boolean> {
      try {
        await client.send(new SendTaskSuccessCommand({ taskToken, output: WOKEN }));
        return true;
      } catch (cause) {
        if (cause instanceof Error && OVER.has(cause.name)) return false;
        return translate(cause);
      }
    },

    /** Status; output, or error and cause where it failed; undefined where there is no such execution. */
    async describeExecution(executionArn: string) {
      const found = await client
        .send(new DescribeExecutionCommand({ executionArn }))
        .catch((cause: unknown) =>
          cause instanceof ExecutionDoesNotExist ? undefined : translate(cause),
        );
      if (!found) return undefined;
      const { status, output, error, cause } = found;
      return { status, output, error, cause };
    },
  };
}
