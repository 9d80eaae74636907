"""Faults at random: processes killed at any instant, a platform that fails, people who go on talking.

    python -m tools.storm --engine sqlite --kills 150 --seed 7
    python -m tools.storm --engine postgres --kills 150 --seed 7

Ends with 0 where nothing was lost and nothing was done twice that may not be.
"""
