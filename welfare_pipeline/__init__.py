"""Reconciles who receives social assistance with who should, per month and district of Indonesia."""
