/** Everything that is not the live monitor, loaded as one: more seams would cost the monitor's start a file each. */

export {toJson} from '../view/json.ts';
export {stringifySafely} from '../view/json-text.ts';
export {check} from './check.ts';
export {collectOnce, hasAnswer} from './collect.ts';
export {doctor} from './doctor.tsx';
export {maskedStore as createMaskedStore} from './mask.ts';
export {policyFor} from './policy.ts';
export {prices} from './prices.tsx';
export {record} from './record.ts';
export {openReplay} from './replay.ts';
export {renderReport} from './report.tsx';
export {createStream} from './stream.ts';
