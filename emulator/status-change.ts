import * as z from 'zod';
import { keyed, oneOf, text } from './fleet/fleet-file-fields.js';

const message = () => text(/./, 'a message of one character or more').optional();

/** The fields that say what becomes of a component version in the cloud, with the states that it may get. */
export const statusFields = <const T extends readonly string[]>(states: T) => ({
  state: oneOf(states).optional(),
  message: message(),
  errors: keyed(
    text(/./, 'an artifact'),
    text(/./, 'a message'),
    'messages by artifact',
  ).optional(),
  vendorGuidance: oneOf(['ACTIVE', 'DISCONTINUED', 'DELETED']).optional(),
  vendorGuidanceMessage: message(),
});

/** As it is injected. */
export const StatusChange = z.strictObject(statusFields(['DEPLOYABLE', 'FAILED', 'DEPRECATED']));
export type StatusChange = z.infer<typeof StatusChange>;

/** Fields that would have no effect, and why. */
export function statusProblems({
  state,
  message,
  errors,
  vendorGuidance,
  vendorGuidanceMessage,
}: StatusChange): { field?: keyof StatusChange; problem: string }[] {
  const problems = [
    state === undefined &&
      vendorGuidance === undefined && {
        problem: 'changes nothing; write a state or a vendorGuidance',
      },
    message !== undefined &&
      state === undefined && {
        field: 'message' as const,
        problem: 'has no effect without a state',
      },
    errors !== undefined &&
      state !== 'FAILED' && {
        field: 'errors' as const,
        problem: 'has no effect but with state FAILED',
      },
    vendorGuidanceMessage !== undefined &&
      vendorGuidance === undefined && {
        field: 'vendorGuidanceMessage' as const,
        problem: 'has no effect without a vendorGuidance',
      },
  ];
  return problems.filter((problem) => problem !== false);
}
