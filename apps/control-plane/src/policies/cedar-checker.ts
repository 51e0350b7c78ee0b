import { createRequire } from 'node:module';
import {
  type CedarEngine,
  checkPolicyText,
  compilePolicies,
  type EngineHolder,
  holdEngine,
} from '@sallyport/policy';
import type { TenantSnapshot } from '@sallyport/snapshot';
import type { PolicyChecker, PolicyProblem } from './policy-checker.ts';

const require = createRequire(import.meta.url);

/** A fresh instance of the engine each time: a crashed one answers every later call with the same crash. */
function loadCedar(): CedarEngine {
  const path = require.resolve('@cedar-policy/cedar-wasm/nodejs');
  delete require.cache[path];
  return require(path) as CedarEngine;
}

/** Checks policies with the very code that the workers run. */
export class CedarChecker implements PolicyChecker {
  private readonly engines: EngineHolder = holdEngine(loadCedar);

  async check(text: string): Promise<readonly PolicyProblem[]> {
    const result = checkPolicyText(this.engines, text);
    if (result.kind === 'ok') return [];
    return result.problems.map((problem) => ({
      message: problem.help === null ? problem.message : `${problem.message} ${problem.help}`,
      startLine: problem.line,
      startColumn: problem.column,
      endLine: problem.endLine,
      endColumn: problem.endColumn,
    }));
  }

  /** Compiles all policies of a snapshot; says what is wrong with them, empty = nothing. */
  async checkAll(policies: TenantSnapshot['policies']): Promise<readonly string[]> {
    const compiled = compilePolicies({ engines: this.engines, policies });
    if (compiled.kind === 'invalid') {
      return compiled.problems.map(
        (problem) => `${problem.policyName}, line ${problem.line}: ${problem.message}`,
      );
    }
    compiled.program.dispose();
    return [];
  }
}
