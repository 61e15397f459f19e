import { InvalidReleaseError } from '../domain/errors.js';
import { readYaml } from './yaml-text.js';

/** What a text of YAML or JSON holds. Throws an InvalidReleaseError with a line for each place that is neither. */
export function parseReleaseYaml(text: string, path: string): unknown {
  const read = readYaml(text, path);
  if ('value' in read) return read.value;
  throw new InvalidReleaseError(read.problems.join('\n'));
}
