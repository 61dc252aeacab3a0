/** Everything that is not the live monitor, loaded as one: more seams would cost the monitor's start a file each. */

export {check} from '../output/check.ts';
export {doctor} from '../output/doctor.tsx';
export {toJson} from '../output/json/json.ts';
export {stringifySafely} from '../output/json/json-text.ts';
export {policyFor} from '../output/policy.ts';
export {renderReport} from '../output/report/report.tsx';
export {collectOnce, hasAnswer} from './one-round.ts';
export {prices} from './prices.tsx';
export {maskedStore as createMaskedStore} from './recording/masked-store.ts';
export {record} from './recording/record.ts';
export {openReplay} from './recording/replay.ts';
export {createStream} from './stream.ts';
