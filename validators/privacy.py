def faults(line):
    return ()
