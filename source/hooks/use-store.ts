import {useSyncExternalStore} from 'react';
import type {Store} from '../polling/store.ts';

/** The store's state; renders again when it changes. */
export const useStore = <S, A>(store: Store<S, A>): S => useSyncExternalStore(store.subscribe, store.getState);
