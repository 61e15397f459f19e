import { ServiceError } from '../step-functions/service-error.js';

/** `POST /webhooks/{source}`: which requests a route takes. */
export interface RouteKey {
  readonly key: string;
  readonly method: string;
  readonly parts: readonly string[];
}

const KEY = /^(ANY|GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) (\/[\w./{}~-]*)$/;
const PARAMETER = /^\{([\w.-]+)\}$/;

/** Reads a route key; greedy parameters and `$default` are refused. */
export function parseRouteKey(key: string): RouteKey {
  const [, method, path] = KEY.exec(key) ?? [];
  if (method === undefined || path === undefined)
    throw new ServiceError(
      'BadRequestException',
      `The local cloud can't route ${key}: give a method and a path of words and {parameters}.`,
    );
  return { key, method, parts: path.split('/').filter(Boolean) };
}

/** The parameters of a path that a route takes, undefined for any other path. */
export function pathParameters(
  { parts }: RouteKey,
  path: readonly string[],
): Record<string, string> | undefined {
  if (parts.length !== path.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [i, part] of parts.entries()) {
    const [, name] = PARAMETER.exec(part) ?? [];
    const given = path[i] ?? '';
    if (name !== undefined) parameters[name] = given;
    else if (part !== given) return undefined;
  }
  return parameters;
}
