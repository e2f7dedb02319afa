"""Mail servers on this machine's loopback, for the tests: started by a test run, ended by it, seen by nobody else.

README.md beside this says what there is and which fixture gives it.
"""
