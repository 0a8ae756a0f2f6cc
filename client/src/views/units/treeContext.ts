import { createContext } from 'react';

/** The code of the unit whose item of the tree can be reached with Tab. */
export const TreeContext = createContext('');
