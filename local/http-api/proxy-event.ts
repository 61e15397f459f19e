import type { IncomingMessage } from 'node:http';

/** What an HTTP API knows of a request when it has found its route. */
export interface Routed {
  readonly request: IncomingMessage;
  readonly body: Buffer;
  readonly path: string;
  readonly query: string;
  readonly routeKey: string;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly requestId: string;
  readonly apiId: string;
  readonly account: string;
  readonly region: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Documented: bodies of these types go to the function as text, all others in base64. */
const TEXT = /^(text\/|application\/(json|javascript|xml)\b)/;

/** Documented: several values of a header or a parameter are one, with commas. */
const joined = (values: readonly (readonly [string, string])[]) => {
  const all: Record<string, string> = {};
  for (const [name, value] of values)
    all[name] = all[name] === undefined ? value : `${all[name]},${value}`;
  return all;
};

const headersOf = ({ rawHeaders }: IncomingMessage) =>
  joined(
    rawHeaders.flatMap((name, i) =>
      i % 2 === 0 ? [[name.toLowerCase(), rawHeaders[i + 1] ?? ''] as const] : [],
    ),
  );

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** Documented: `12/Mar/2020:19:03:58 +0000`. */
function requestTime(now: number): string {
  const [date = '', time = ''] = new Date(now).toISOString().split('T');
  const [year = '', month = '', day = ''] = date.split('-');
  return `${day}/${MONTHS[Number(month) - 1]}/${year}:${time.slice(0, 8)} +0000`;
}

/** The event that an AWS_PROXY integration of payload format 2.0 hands to its function. */
export function proxyEvent(routed: Routed): Record<string, unknown> {
  const { request, body, path, query, routeKey, apiId, account, region, now } = routed;
  const headers = headersOf(request);
  const domainName = `${apiId}.execute-api.${region}.amazonaws.com`;
  const parameters = [...new URLSearchParams(query)];
  const isText = TEXT.test(headers['content-type'] ?? 'text/plain');
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: query,
    headers,
    ...(parameters.length > 0 && { queryStringParameters: joined(parameters) }),
    requestContext: {
      accountId: account,
      apiId,
      domainName,
      domainPrefix: apiId,
      http: {
        method: request.method,
        path,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: routed.requestId,
      routeKey,
      stage: '$default',
      time: requestTime(now),
      timeEpoch: now,
    },
    pathParameters: routed.pathParameters,
    ...(body.length > 0 && { body: body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !isText,
  };
}
