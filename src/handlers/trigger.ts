import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { Logger } from '@aws-lambda-powertools/logger';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import type * as z from 'zod';

const logger = new Logger();

/** The Lambda handler of an EventBridge rule: what the rule lets through must have this form. */
export const trigger = <Event>(
  schema: z.ZodType<Event>,
  react: (event: Event) => Promise<Record<string, unknown>>,
) =>
  middy()
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .handler(async (event: unknown) => {
      const done = await react(schema.parse(event));
      logger.info('trigger handled', done);
    });

/** What an HTTP API answers. */
export interface HttpAnswer {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** An answer in JSON, or without a body. */
export const answer = (statusCode: number, body?: Record<string, string>): HttpAnswer => ({
  statusCode,
  ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
});

/** The sender is to try again: what went wrong is ours, and may be over by then. */
const unavailable: HttpAnswer = {
  statusCode: 503,
  headers: { 'content-type': 'application/json', 'retry-after': '60' },
  body: JSON.stringify({ message: 'it can not be taken now: send it again' }),
};

/** The Lambda handler of a route: what can't be answered is logged, and answered 503. */
export const route = <Request>(
  schema: z.ZodType<Request>,
  serve: (request: Request, context: Context) => Promise<HttpAnswer>,
) =>
  middy()
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .handler(async (event: unknown, context) => {
      const answer = await serve(schema.parse(event), context).catch((cause: unknown) => {
        logger.error('request failed', { cause });
        return unavailable;
      });
      logger.info('request answered', { statusCode: answer.statusCode });
      return answer;
    });
