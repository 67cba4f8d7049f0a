/** The registry of rules for active checks. */

import { registry } from '../../../base/registry.ts'
import { alb } from './alb.ts'
import type { CheckRule } from './check-rule.ts'
import { envoy } from './envoy.ts'
import { haproxy } from './haproxy.ts'
import { standard } from './standard.ts'
import { varnish } from './varnish.ts'

export const checkRules = registry<CheckRule>('rule for checks', [standard, haproxy, varnish, alb, envoy])
